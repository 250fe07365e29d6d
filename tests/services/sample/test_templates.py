"""The sample brings two templates, and they go with it."""

from datetime import date

from fintrack.core.templates import NewTemplate, TemplateKind
from fintrack.services.commands import ask, perform
from fintrack.services.sample.adding import NewSample, add_sample
from fintrack.services.sample.removing import remove_sample
from fintrack.services.templates.keeping import list_templates
from tests.books import Books
from tests.services.template_acts import keep

SAMPLE = NewSample(date(2026, 11, 18), "en")


async def test_templates_of_the_sample_go_with_it_and_own_ones_stay(
    books: Books,
) -> None:
    bank = await books.open("Bank")
    own = await keep(books, NewTemplate("put aside", TemplateKind.EXPENSE, bank.id))
    await perform(books.actor, add_sample, SAMPLE)
    found = {view.name: view for view in await ask(books.actor, list_templates)}
    assert set(found) == {"Café Lumen", "put aside", "Put aside 2"}
    assert found["Café Lumen"].shares[0].category_name == "Eating out"
    await perform(books.actor, remove_sample)
    assert await ask(books.actor, list_templates) == [own]

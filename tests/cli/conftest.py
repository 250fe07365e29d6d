from tests.serving import built, data_dir, port

__all__ = ["built", "data_dir", "port"]

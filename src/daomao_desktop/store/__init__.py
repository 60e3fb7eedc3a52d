"""Where records live: tables, queries, encryption, migrations, audit."""

"""All SQL: schema, migrations and one repository a noun."""

"""What a person does about a deposited dossier: answer a complement, report an error, withdraw, download everything."""

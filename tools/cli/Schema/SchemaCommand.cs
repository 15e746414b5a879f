using System.CommandLine;
using Sigma.Storage;
using Sigma.Storage.Schema;

namespace Sigma.Cli.Schema;

/// <summary><c>sigma schema</c>: the tables as one script, for those who import them by hand.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema",
            """
            The whole schema for MySQL and MariaDB as one script. The repository's storage.sql.example is made by it. Asks no server.
            """);
        command.SetAction(
            typed => typed.InvocationConfiguration.Output.Write(SchemaScript.Write(Dialects.Of(StorageProvider.MySql), ServiceSchemas.All)));
        return command;
    }
}

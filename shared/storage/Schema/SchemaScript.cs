using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sigma.Storage.Schema;

/// <summary>
/// The tables of all services as a script for a person, written from their models, with the rows that say that nothing is left to migrate.
/// </summary>
public static partial class SchemaScript
{
    const string Head =
        """
        -- The whole schema for MySQL 8.0 or newer and MariaDB 10.11 or newer, for those who import by hand:
        --   mysql storage < storage.sql.example
        -- Written by ./sigma schema from the services' models. They make the same tables themselves when they start; a test keeps the two equal.
        -- Times are milliseconds since 1970 UTC (bigint), ids binary(16), except in the four tables other reports read: those are UTC too.
        -- Names that identify compare by their bytes; MySQL and MariaDB each read the comment that is theirs.
        -- On top of an older installation or the former tracker's tables do not import this:
        """
            + " start the services, they keep its rows and add what is new.\n";

    /// <summary>Writes it. No server is asked.</summary>
    public static string Write(IDialect dialect, IEnumerable<ServiceSchema> schemas)
    {
        var script = new StringBuilder(Head.ReplaceLineEndings("\n")).Append('\n');
        foreach (var schema in schemas)
        {
            using var context = schema.Open(dialect, null);
            Tables(context, script);
            History(context, script);
        }
        return EmptyLines().Replace(script.ToString().TrimEnd() + "\n", "\n\n");
    }

    static void Tables(ServiceContext context, StringBuilder script)
    {
        var holds = context.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .ToDictionary(entity => $"CREATE TABLE `{entity.GetTableName()}`",
                entity => entity.FindAnnotation(ServiceContext.Holds)?.Value as string);
        foreach (var line in context.Database.GenerateCreateScript().ReplaceLineEndings("\n").Split('\n'))
        {
            if (holds.FirstOrDefault(table => line.StartsWith(table.Key, StringComparison.Ordinal)).Value is { } text)
                script.Append("-- ").Append(text).Append('\n');
            script.Append(line.TrimEnd()).Append('\n');
        }
    }

    static void History(ServiceContext context, StringBuilder script)
    {
        var history = context.GetService<IHistoryRepository>();
        script.Append("-- Which migrations need not be applied any more.\n").Append(history.GetCreateScript().Trim()).Append("\n\n");
        foreach (var migration in context.Database.GetMigrations())
            script.Append(history.GetInsertScript(new HistoryRow(migration, ProductInfo.GetVersion())).Trim()).Append('\n');
        script.Append('\n');
    }

    [GeneratedRegex("\n{3,}")]
    private static partial Regex EmptyLines();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Schema;

/// <summary>
/// An installation of the last version before the migrations of Entity Framework: its schema by the scripts, its rows as they were, and as if it had
/// just stopped.
/// </summary>
internal static partial class InstallationBefore
{
    static readonly DateTimeOffset Captured = DateTimeOffset.FromUnixTimeMilliseconds(1795961034162);

    public static async Task Make(Database database, DateTimeOffset now, Uri broker)
    {
        await SchemaDatabase.ApplyScripts(database);
        await using var connection = await database.Open(CancellationToken.None);
        if (database.Dialect.Name == "MySql")
            await connection.ExecuteAsync("set sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES')");
        var rows = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "installation-before-ef.sql"));
        await connection.ExecuteAsync(Shifted(rows, now - Captured)
            .Replace("{broker}", $"rabbitmq://{broker.Host}:{broker.Port}{broker.AbsolutePath.TrimEnd('/')}"));
    }

    /// <summary>Every row of every table of the tracker, a line each, without what is null: columns that came later are.</summary>
    public static async Task<IReadOnlyList<string>> Rows(Database database)
    {
        await using var connection = await database.Open(CancellationToken.None);
        var tables = await connection.QueryAsync<string>(database.Dialect.Name == "MySql"
            ? "select table_name from information_schema.tables where table_schema = database() and table_name not like '%\\_migrations'"
            : "select name from sqlite_master where type = 'table' and name not like '%_migrations' and name not like 'sqlite_%'");
        List<string> rows = [];
        foreach (var table in tables)
        {
            foreach (IDictionary<string, object?> row in await connection.QueryAsync($"select * from {table}"))
                rows.Add($"{table} " + string.Join('|',
                    row.Where(cell => cell.Value is not null).OrderBy(cell => cell.Key, StringComparer.Ordinal)
                        .Select(cell => $"{cell.Key}={Text(cell.Value)}")));
        }
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    static string Text(object? value) =>
        value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    static string Shifted(string rows, TimeSpan by)
    {
        rows = Milliseconds()
            .Replace(rows, found => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(found.Value, CultureInfo.InvariantCulture)) is var time
            && (time - Captured).Duration() < TimeSpan.FromDays(2)
            ? (time + by).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : found.Value);
        rows = Zulu().Replace(rows, found => $"{DateTimeOffset.Parse(found.Value, CultureInfo.InvariantCulture) + by:yyyy-MM-ddTHH:mm:ss.fffffffZ}");
        return Plain().Replace(rows, found =>
            $"'{DateTime.ParseExact(found.Groups[1].Value, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + by:yyyy-MM-dd HH:mm:ss}'");
    }

    [GeneratedRegex(@"\b\d{13}\b")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Zulu();

    [GeneratedRegex(@"'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)'")]
    private static partial Regex Plain();
}

using System.Globalization;
using Sigma.Cli.Data;
using Sigma.Cli.Schema;
using Sigma.Cli.Settings;
using Sigma.Storage;
using Sigma.Storage.Queries;

namespace Sigma.Cli.Doctor;

/// <summary>Whether the database accepts our login, has the schema of these services, takes writes, and has the same time.</summary>
internal sealed class DatabaseDoctorCheck(CliSettings settings) : IDoctorCheck
{
    const string Connection = "database", Schema = "schema", Writing = "writing", ClockOfIt = "database clock";

    static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(5);

    public IReadOnlyList<string> CheckNames => [Connection, Schema, Writing, ClockOfIt];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        var isFile = settings.Of<StorageOptions>("Storage").Provider == StorageProvider.Sqlite;
        ServerQuery server = new(await DatabaseConnection.Open(settings, ct));
        await LookAtVersion(server, isFile, findings, ct);
        if (await LookAtSchema(server, findings, ct))
            await Write(server, findings, ct);
        if (isFile)
            findings.DoesNotApply(ClockOfIt, "a file has none");
        else
            await CompareClocks(server, findings, ct);
    }

    static async Task LookAtVersion(ServerQuery server, bool isFile, Findings findings, CancellationToken ct)
    {
        var (said, name, source) = await server.Version(ct);
        var (kind, oldest) = isFile
            ? ("SQLite", "3.24") : said.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? ("MariaDB", "10.11") : ("MySQL", "8.0");
        var where = isFile ? source : $"database {name} at {source}";
        if (Version.TryParse(string.Concat(said.TakeWhile(c => char.IsDigit(c) || c == '.')), out var version) && version < Version.Parse(oldest))
            findings.Wrong(Connection, $"{kind} {said} is older than {oldest}, the oldest that is known to do", "Upgrade it.");
        else
            findings.Ok(Connection, $"{kind} {said}, {where}");
    }

    /// <summary>Whether there is a schema to go on with.</summary>
    static async Task<bool> LookAtSchema(ServerQuery server, Findings findings, CancellationToken ct)
    {
        if (await server.Schema(ServiceSchemas.All, ct) is not { } schema)
        {
            findings.Wrong(Schema, "The database has no tables of the tracker's",
                "The first service that starts makes them: is this the right database, and was one started?");
            return false;
        }
        if (schema.Missing is { Count: > 0 } missing)
            findings.Wrong(Schema, $"Not applied yet: {string.Join(", ", missing)}",
                "The services of this version do that when they start, each for its own tables: upgrade and restart them.");
        else if (schema.Newer is { Count: > 0 } newer)
            findings.Wrong(Schema, $"Newer than this version of the tracker, which does not know {string.Join(", ", newer)}",
                "Use the version the services have.");
        else
            findings.Ok(Schema, $"up to date, {schema.Known.Count} migrations are applied");
        return true;
    }

    static async Task Write(ServerQuery server, Findings findings, CancellationToken ct)
    {
        try
        {
            await server.TryWrite(ServiceSchemas.All[0], ct);
            findings.Ok(Writing, "the database takes a row, which was rolled back");
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            findings.Wrong(Writing, $"The database takes no rows: {e.Message}",
                "The user needs select, insert, update, delete, create, alter and index; a server, or a disk, must not be read-only or full.");
        }
    }

    static async Task CompareClocks(ServerQuery server, Findings findings, CancellationToken ct)
    {
        var asked = TimeProvider.System.GetUtcNow();
        var there = (await server.Now(ct)).ToTime();
        var ahead = ServerClock.AheadOf(there, there, asked, TimeProvider.System.GetUtcNow());
        if (ahead.Duration() > MostAhead)
            findings.Wrong(ClockOfIt, $"This machine's clock is {ServerClock.Text(ahead)} the database's",
                "Set both by NTP: notifiers, for one, must agree to about a second.");
        else
            findings.Ok(ClockOfIt, string.Create(CultureInfo.InvariantCulture, $"{ahead.Duration().TotalSeconds:0.0} s apart"));
    }
}

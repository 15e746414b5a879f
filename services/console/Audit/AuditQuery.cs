using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Audit;

/// <summary>Reads the audit log, the newest first; for administrators.</summary>
public sealed class AuditQuery(Database database)
{
    /// <summary>The most entries of a page.</summary>
    public const int Most = 500;

    const string Columns =
        "id Id, at AtMilliseconds, `by` `By`, what What, subject Subject, `before` `Before`, `after` `After`, address Address";

    /// <summary>A page.</summary>
    /// <param name="filter">Which entries.</param>
    /// <param name="after">What the page before said as its next; null for the first.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="ForbiddenException">The caller may not read it.</exception>
    /// <exception cref="FormatException">Nothing said <paramref name="after"/>.</exception>
    public async Task<Page<AuditEntry>> Page(AuditFilter filter, string? after, int limit, Caller caller, CancellationToken ct)
    {
        caller.Demand(Role.Administrator);
        caller.DemandNoLimits();
        limit = Math.Clamp(limit, 1, Most);
        var (at, id) = Place(after);
        await using var connection = await database.Open(ct);
        var found = (await connection.QueryAsync<AuditEntry>(new CommandDefinition( // ix_console_audit_at
            $"""
            select {Columns} from console_audit where {Conditions(filter, after is not null)} order by at desc, id desc limit {limit + 1}
            """,
            new
            {
                at, id, by = filter.By, what = Beginning(filter.What), subject = "%" + Escape(filter.Subject) + "%",
                from = filter.From?.ToUnixTimeMilliseconds(), until = filter.Until?.ToUnixTimeMilliseconds(),
            }, cancellationToken: ct))).AsList();
        var next = found.Count > limit ? Tag(found[limit - 1]) : null;
        return new([.. found.Take(limit)], next);
    }

    static string Conditions(AuditFilter filter, bool follows)
    {
        List<string> all = ["1 = 1"];
        if (follows)
            all.Add("(at < @at or (at = @at and id < @id))");
        if (filter.By is not null)
            all.Add("`by` = @by");
        if (filter.What is not null)
            all.Add("what like @what escape '!'");
        if (filter.Subject is not null)
            all.Add("subject like @subject escape '!'");
        if (filter.From is not null)
            all.Add("at >= @from");
        if (filter.Until is not null)
            all.Add("at < @until");
        return string.Join(" and ", all);
    }

    static string Beginning(string? text) => Escape(text) + "%";

    static string Escape(string? text) => (text ?? "").Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal);

    static string Tag(AuditEntry last) => string.Create(CultureInfo.InvariantCulture, $"{last.AtMilliseconds}-{last.Id}");

    static (long At, long Id) Place(string? after) => after is null ? default
        : after.Split('-') is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (time, number)
        : throw new FormatException("after is what the page before said as its next.");
}

/// <summary>Something that somebody did.</summary>
public sealed class AuditEntry
{
    internal long AtMilliseconds { get; init; }

    /// <summary>Its number.</summary>
    public long Id { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At => AtMilliseconds.ToTime();

    /// <summary>Who.</summary>
    public string By { get; init; } = "";

    /// <summary>What, for example <c>user.change</c>.</summary>
    public string What { get; init; } = "";

    /// <summary>To what.</summary>
    public string? Subject { get; init; }

    /// <summary>How it was, as JSON.</summary>
    [JsonIgnore]
    public string? Before { get; init; }

    /// <summary>How it is, as JSON.</summary>
    [JsonIgnore]
    public string? After { get; init; }

    /// <summary>How it was.</summary>
    [JsonPropertyName("before")]
    public JsonElement? BeforeValue => Value(Before);

    /// <summary>How it is.</summary>
    [JsonPropertyName("after")]
    public JsonElement? AfterValue => Value(After);

    /// <summary>From which address.</summary>
    public string? Address { get; init; }

    static JsonElement? Value(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
}

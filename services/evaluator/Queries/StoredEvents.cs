using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;

namespace Sigma.Evaluator.Queries;

/// <summary>
/// The stored events of one account, whether they are counted or not. Read by ix_evaluator_events_labels (labels, occurred_at): labels are JSON that
/// begins with the account. The sum in the conditions on the time keeps the database from the index on it alone, which would be the whole window's.
/// Sources and labels are compared by their bytes, as the evaluator does: to a database, e130 and E130 may be the same.
/// </summary>
/// <param name="connection">Outside a transaction: in a SQLite file that would be its one writer's.</param>
/// <param name="source">Source of the events.</param>
public sealed class StoredEvents(DbConnection connection, string source)
{
    const int MostKinds = 1_000, MostExamples = 3, MostOccurrences = 1_000;
    const string OfSource = "hex(source) = hex(@source)";

    /// <summary>Those after one time and up to another, by their labels, the most first.</summary>
    public async Task<IReadOnlyList<AlikeEvents>> Alike(string account, long after, long to, CancellationToken ct)
    {
        var rows = await connection.QueryAsync<(string Labels, long Count, long FirstAt, long LastAt)>(Command(
            $"""
            select min(labels), count(*) as number, min(occurred_at), max(occurred_at) from evaluator_events
            where labels >= @From and labels < @To and occurred_at + 0 > {after} and occurred_at + 0 <= {to} and {OfSource}
            group by hex(labels) order by number desc limit {MostKinds}
            """, account, ct));
        return [.. rows.Select(row => new AlikeEvents(Read(row.Labels), row.Labels, row.Count, row.FirstAt, row.LastAt))
            .Where(alike => IsOf(alike.Labels, account))];
    }

    /// <summary>The newest of all that are kept.</summary>
    public async Task<long?> LastAt(string account, CancellationToken ct) => await connection.ExecuteScalarAsync<long?>(Command(
        $"""
        select max(occurred_at) from evaluator_events
        where labels >= @From and labels < @To and hex(labels) like @Start and {OfSource}
        """, account, ct));

    /// <summary>Some of those that are counted at another time than the source says, the newest first.</summary>
    public async Task<IReadOnlyList<OddTime>> WithOtherTimes(string account, long after, long to, CancellationToken ct)
    {
        var rows = await connection.QueryAsync<(long At, string Reported, string EventId, string Labels)>(Command(
            $"""
            select occurred_at, reported_time, event_id, labels from evaluator_events
            where labels >= @From and labels < @To and occurred_at + 0 > {after} and occurred_at + 0 <= {to} and source = @source
              and reported_time is not null
            order by occurred_at desc limit {MostExamples}
            """, account, ct));
        return [.. rows.Where(row => IsOf(Read(row.Labels), account)).Select(row => new OddTime(row.At, row.Reported, row.EventId))];
    }

    /// <summary>Some of those with these labels, the newest first.</summary>
    public async Task<IReadOnlyList<OneEvent>> Examples(IReadOnlyCollection<string> labels, long after, long to, CancellationToken ct) =>
        labels.Count == 0 ? []
        : [.. (await connection.QueryAsync<(string EventId, long At, string Labels)>(new CommandDefinition(
            $"""
            select event_id, occurred_at, labels from evaluator_events
            where labels in @labels and hex(labels) in @bytes and occurred_at + 0 > {after} and occurred_at + 0 <= {to} and {OfSource}
            order by occurred_at desc limit {MostExamples}
            """, new { labels, bytes = labels.Select(Hex), source }, cancellationToken: ct)))
            .Select(row => new OneEvent(row.EventId, row.At, Read(row.Labels)))];

    /// <summary>Those that would count for a key if their occurrence had not been closed by the system user; null when there are none.</summary>
    public async Task<ExcusedEvents?> Excused(Guid key, long after, long to, CancellationToken ct)
    {
        // The counting statement's other half, by the primary keys of both.
        var excused = $"""
            from evaluator_window w join evaluator_excused x on x.occurrence_key = w.occurrence_key
            where w.trigger_id = x'{key:N}' and w.occurred_at > {after} and w.occurred_at <= {to}
            """;
        var found = (await connection.QueryAsync<(long Count, long FirstAt, long LastAt, long ExcusedAt)>(new CommandDefinition(
            $"select count(*), min(w.occurred_at), max(w.occurred_at), max(x.excused_at) {excused} group by w.occurrence_key limit {MostOccurrences}",
            cancellationToken: ct))).AsList();
        if (found.Count == 0)
            return null;
        // evaluator_events by its primary key
        var examples = await connection.QueryAsync<(string EventId, long At, string Labels)>(new CommandDefinition(
            $"""
            select e.event_id, e.occurred_at, e.labels from (
              select w.event_key, w.occurred_at {excused} order by w.occurred_at desc limit {MostExamples}
            ) newest join evaluator_events e on e.event_key = newest.event_key order by e.occurred_at desc
            """, cancellationToken: ct));
        return new ExcusedEvents(found.Count, found.Sum(f => f.Count), found.Min(f => f.FirstAt), found.Max(f => f.LastAt),
            found.Max(f => f.ExcusedAt), found.Where(f => f.ExcusedAt > to).Sum(f => f.Count),
            [.. examples.Select(e => new OneEvent(e.EventId, e.At, Read(e.Labels)))]);
    }

    internal static Dictionary<string, string> Read(string labels) => JsonSerializer.Deserialize<Dictionary<string, string>>(labels) ?? [];

    /// <summary>Between these two lies the JSON of all labels that begin with this account.</summary>
    static (string From, string To) Range(string account)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $$"""{"account":{{JsonSerializer.Serialize(account)}}""");
        return (start, start + "~");
    }

    static bool IsOf(IReadOnlyDictionary<string, string> labels, string account) => labels.GetValueOrDefault("account") == account;

    static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    CommandDefinition Command(string sql, string account, CancellationToken ct) =>
        new(sql, new { Range(account).From, Range(account).To, Start = Hex(Range(account).From) + "%", source }, cancellationToken: ct);
}

/// <summary>Events of one account that have the same labels. Times as stored.</summary>
/// <param name="Labels">Their labels.</param>
/// <param name="Json">The same as stored.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstAt">The oldest.</param>
/// <param name="LastAt">The newest.</param>
public sealed record AlikeEvents(IReadOnlyDictionary<string, string> Labels, string Json, long Count, long FirstAt, long LastAt);

/// <summary>An event, to be recognised by.</summary>
/// <param name="EventId">The source's id of it.</param>
/// <param name="At">When it occurred, as stored.</param>
/// <param name="Labels">Its labels.</param>
public sealed record OneEvent(string EventId, long At, IReadOnlyDictionary<string, string> Labels);

/// <summary>An event that is counted at another time than the source says.</summary>
/// <param name="At">When it is counted, as stored.</param>
/// <param name="Reported">What the source says.</param>
/// <param name="EventId">The source's id of it.</param>
public sealed record OddTime(long At, string Reported, string EventId);

/// <summary>Events that do not count because their occurrence was closed by the system user. Times as stored.</summary>
/// <param name="Occurrences">Of how many occurrences they are.</param>
/// <param name="Count">How many events.</param>
/// <param name="FirstAt">The oldest.</param>
/// <param name="LastAt">The newest.</param>
/// <param name="KnownSince">When the last of the occurrences was announced.</param>
/// <param name="KnownLate">How many events were excused only after the time asked about, and counted until then.</param>
/// <param name="Examples">Some of them, the newest first.</param>
public sealed record ExcusedEvents(
    int Occurrences, long Count, long FirstAt, long LastAt, long KnownSince, long KnownLate, IReadOnlyList<OneEvent> Examples);

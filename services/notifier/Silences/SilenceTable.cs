using System.Text.Json;
using Sigma.Notifier.Routing;
using Sigma.Storage;

namespace Sigma.Notifier.Silences;

/// <summary>The silences, as stored: added and ended, never changed.</summary>
internal sealed class SilenceTable
{
    public const string Columns =
        """
        silence_id Id, matchers MatchersJson, starts_at StartsAt, ends_at EndsAt, created_at CreatedAt, created_by CreatedBy, why Why,
          ended_at EndedAt, ended_by EndedBy
        """;

    /// <summary>Those that last, or are to begin, at a time; always in the same order.</summary>
    public async Task<List<Silence>> Unended(DbSession session, DateTimeOffset now, CancellationToken ct) =>
        [.. (await session.Query<StoredSilence>( // ix_silences_ends
            $"select {Columns} from notifier_silences where ends_at > @now and ended_at is null order by silence_id",
            new { now = now.ToUnixTimeMilliseconds() }, ct)).Select(found => found.Silence)];

    public Task Add(DbSession session, Silence silence, DateTimeOffset now, CancellationToken ct) => session.Execute(
        $"""
        {session.Dialect.InsertIgnore} into notifier_silences(silence_id, matchers, starts_at, ends_at, created_at, created_by, why)
        values(@id, @matchers, @from, @until, @now, @By, @Why)
        """,
        new
        {
            id = silence.Id, matchers = JsonSerializer.Serialize(silence.Matchers.All.Select(matcher => matcher.Text)),
            from = silence.From.ToUnixTimeMilliseconds(), until = silence.Until.ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds(),
            silence.By, silence.Why,
        }, ct);

    /// <summary>False when it is over, or there is none.</summary>
    public async Task<bool> End(DbSession session, Guid silence, string by, DateTimeOffset now, CancellationToken ct) => await session.Execute(
        """
        update notifier_silences set ended_at = @now, ended_by = @by where silence_id = @id and ended_at is null and ends_at > @now
        """, // primary key
        new { id = silence, by, now = now.ToUnixTimeMilliseconds() }, ct) == 1;
}

/// <summary>A row of the table. Times as stored.</summary>
internal sealed class StoredSilence
{
    public Guid Id { get; init; }
    public string MatchersJson { get; init; } = "[]";
    public long StartsAt { get; init; }
    public long EndsAt { get; init; }
    public long CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public string Why { get; init; } = "";
    public long? EndedAt { get; init; }
    public string? EndedBy { get; init; }

    public IReadOnlyList<string> Matchers => JsonSerializer.Deserialize<List<string>>(MatchersJson)!;

    public Silence Silence => new(Id, MatcherSet.Parse(Matchers), StartsAt.ToTime(), EndsAt.ToTime(), CreatedBy, Why);
}

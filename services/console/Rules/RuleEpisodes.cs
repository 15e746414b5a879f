using Microsoft.EntityFrameworkCore;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Rules;

/// <summary>What rules have raised, as far as the console was told.</summary>
internal sealed class RuleEpisodes(Database database, TimeProvider time)
{
    /// <summary>Days that <see cref="RuleActivity.EpisodesPerDay"/> is of.</summary>
    public const int Days = 14;

    const string Columns =
        """
        select rule as Rule, max(raised_at) as LastRaisedAt, count(case when raised_at >= @since then 1 end) as Episodes
        from console_alerts
        """;

    /// <summary>How much each rule raises.</summary>
    public async Task<IReadOnlyDictionary<string, RuleActivity>> Activity(Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        await using var session = await database.Begin(ct);
        // All of ix_console_alerts_rule, which has both columns, and no row.
        var rows = await session.Query<StoredActivity>($"{Columns} group by rule", new { since = Since }, ct);
        return rows.ToDictionary(row => row.Rule, row => row.Activity, StringComparer.Ordinal);
    }

    /// <summary>How much one raises; null when it has raised nothing.</summary>
    public async Task<RuleActivity?> Activity(string rule, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        await using var session = await database.Begin(ct);
        var row = await session.First<StoredActivity>( // its part of ix_console_alerts_rule
            $"{Columns} where rule = @rule group by rule", new { rule, since = Since }, ct);
        return row?.Activity;
    }

    /// <summary>The episodes of a rule that began in a time, the newest first.</summary>
    public async Task<IReadOnlyList<RuleEpisode>> Of(string rule, DateTimeOffset from, DateTimeOffset to, int most, Caller caller,
        CancellationToken ct)
    {
        caller.DemandNoLimits();
        await using var session = await database.Begin(ct);
        return await session.Use(ConsoleContext.Schema).Alerts.AsNoTracking() // ix_console_alerts_rule
            .Where(row => row.Rule == rule && row.RaisedAt >= from && row.RaisedAt <= to)
            .OrderByDescending(row => row.RaisedAt).Take(most)
            .Select(row => new RuleEpisode(row.AlertId, row.Labels, row.RaisedAt, row.ClearedAt)).ToListAsync(ct);
    }

    long Since => time.GetUtcNow().AddDays(-Days).ToUnixTimeMilliseconds();

    sealed class StoredActivity
    {
        public string Rule { get; init; } = "";
        public long LastRaisedAt { get; init; }
        public long Episodes { get; init; }

        public RuleActivity Activity => new(LastRaisedAt.ToTime(), Episodes / (double)Days);
    }
}

/// <summary>How much a rule raises.</summary>
/// <param name="LastRaisedAt">When it raised last.</param>
/// <param name="EpisodesPerDay">How often, in the last <see cref="RuleEpisodes.Days"/> days.</param>
public sealed record RuleActivity(DateTimeOffset LastRaisedAt, double EpisodesPerDay);

/// <summary>An episode of a rule.</summary>
/// <param name="AlertId">Its alert.</param>
/// <param name="Labels">Its key.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="ClearedAt">When it was cleared; null while it is raised.</param>
public sealed record RuleEpisode(Guid AlertId, IReadOnlyDictionary<string, string> Labels, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt);

using Dapper;
using Sigma.Faults.Stations;
using Sigma.Faults.Traffic;
using Sigma.Faults.Watching;
using Sigma.Storage;

namespace Sigma.Faults.Verdicts;

/// <summary>More are told of what nobody takes on, and of nothing that somebody has; who was told is told of the end.</summary>
internal static class EscalationVerdict
{
    const string Part = "Escalation";

    // What a fault may delay; and by how much two notifiers' clocks may differ.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(45), Clocks = TimeSpan.FromSeconds(1);

    // A step that a silence holds is looked at once a minute, and then waits as if the alert began.
    static readonly TimeSpan HeldSteps = TimeSpan.FromMinutes(1) + Settings.EscalatedAfter;

    public static async Task<IEnumerable<Figure>> Of(Station station, People people, Telling telling, CancellationToken ct)
    {
        var hot = station.Alerts.All.Where(alert => alert.Rule == NewsPlan.HotRule).ToDictionary(alert => alert.AlertId);
        var posts = station.Simulator.Webhooks.Inbox.Posts.Select(post =>
            (Type: post.Text, Alert: post.Body.GetProperty("data").GetProperty("alertId").GetGuid())).Distinct().ToList();
        var told = posts.Where(post => post.Type != "alert.cleared").Select(post => post.Alert).ToHashSet();
        var ended = posts.Where(post => post.Type != "alert.raised").Select(post => post.Alert).ToHashSet();
        var decisions = (await Decisions(station, ct)).ToLookup(d => d.Kind, d => (Alert: d.AlertId, d.At));
        var acknowledged = decisions["acknowledged"].ToLookup(d => d.Alert, d => d.At);
        var escalated = decisions["escalated"].Select(d => d.Alert).ToHashSet();
        return
        [
            new(Part, "values over their limit", hot.Count),
            new(Part, "taken on", acknowledged.Count),
            new(Part, "told to more", told.Count),
            Figure.None(Part, "escalated after an acknowledgement", decisions["escalated"]
                .Where(d => acknowledged[d.Alert].Any(at => at + (long)Clocks.TotalMilliseconds < d.At)).Select(d => Text(hot, d.Alert))),
            Figure.None(Part, "told to more without a decision", told.Except(escalated).Select(alert => Text(hot, alert))),
            Figure.None(Part, "not told to more",
                hot.Values.Where(alert => !people.Acknowledged.Contains(alert.AlertId) && !told.Contains(alert.AlertId)
                && !telling.MayBeSilent(alert, HeldSteps) && Lasted(alert) > Settings.EscalatedAfter + Patience)
                .Select(alert => Text(hot, alert.AlertId))),
            Figure.None(Part, "told to more, and not of the end", told.Where(alert => hot.GetValueOrDefault(alert)?.ClearedAt is not null)
                .Except(ended).Select(alert => Text(hot, alert))),
            Figure.None(Part, "told of an end alone", ended.Except(told).Select(alert => Text(hot, alert))),
        ];
    }

    static async Task<IEnumerable<Decision>> Decisions(Station station, CancellationToken ct)
    {
        await using var connection = await station.Database.Open(ct);
        return await connection.QueryAsync<Decision>(new CommandDefinition(
            "select alert_id AlertId, kind Kind, decided_at At from notifier_decisions where kind in ('acknowledged', 'escalated')",
            cancellationToken: ct));
    }

    static TimeSpan Lasted(ObservedAlert alert) => TimeSpan.FromMilliseconds((alert.ClearedAt ?? alert.RaisedAt) - alert.RaisedAt);

    static string Text(IReadOnlyDictionary<Guid, ObservedAlert> hot, Guid alert) => hot.GetValueOrDefault(alert) is { } known
        ? $"{alert} of {known.Key}, raised {known.RaisedAt.ToTime():HH:mm:ss}, cleared {known.ClearedAt?.ToTime():HH:mm:ss}"
        : $"{alert}, never heard";

    sealed record Decision
    {
        public Guid AlertId { get; init; }
        public string Kind { get; init; } = "";
        public long At { get; init; }
    }
}

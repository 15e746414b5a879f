using System.Net;
using Sigma.Cli.Consoles;
using Sigma.Contracts;
using Sigma.Evaluator.Queries;
using Sigma.Notifier.Queries;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.Cli.Alerts;

/// <summary>The alerts, as a console has them. A notifier that does not answer keeps the flows to itself.</summary>
internal sealed class ConsoleAlerts(ConsoleApi console, Screen screen) : IAlerts
{
    const int PerPage = 200;

    const string Cleared = "cleared";

    static readonly string[] Deeds = ["acknowledged", AlertChange.Commented, AlertChange.Assigned, AlertChange.Snoozed];

    public async Task<IReadOnlyList<RaisedAlert>> Raised(string? rule, bool unacknowledged, CancellationToken ct)
    {
        List<RaisedAlert> found = [];
        DateTimeOffset? stale = null;
        var path = ConsoleApi.Path("alerts", ("sort", "newest"), ("rule", rule), ("ack", unacknowledged ? "no" : null));
        await foreach (var page in console.Pages<BoardPage, AlertView>(path, PerPage, ct))
        {
            found.AddRange(page.Items.Select(Of));
            stale = page.StaleSince;
        }
        if (stale is { } since)
            screen.Remark($"The console has seen nothing new since {Screen.Time(since)} UTC.");
        return found;
    }

    public async Task<KnownAlert> Find(Guid alert, CancellationToken ct)
    {
        var life = await console.Find<IReadOnlyList<Happened>>($"alerts/{alert}/timeline", ct) ?? [];
        var raised = await console.Find<AlertView>($"alerts/{alert}", ct);
        return new(raised is { IsRaised: true, Shadow: false } ? Of(raised) : null, [.. life.Select(Deed).OfType<AlertDeed>()],
            await Runs(alert, ct));
    }

    public async Task<TellingOfAlert?> Telling(Guid alert, CancellationToken ct) =>
        await console.Find<OperatorConsole.Services.AlertTelling>($"alerts/{alert}/telling", ct) is { } told
            ? ConsoleTelling.Of(told, console) : null;

    async Task<IReadOnlyList<PastRun>> Runs(Guid alert, CancellationToken ct)
    {
        try
        {
            return (await Telling(alert, ct))?.Runs ?? [];
        }
        catch (ConsoleException e) when (e.Status == HttpStatusCode.ServiceUnavailable)
        {
            screen.Remark(e.Message);
            return [];
        }
    }

    static RaisedAlert Of(AlertView alert) => new(Guid.Empty, alert.AlertId, alert.Rule, alert.Source, alert.Severity, alert.Labels,
        alert.Count, alert.Threshold,
        alert.RaisedAt, alert.Kind, alert.Summary, alert.AcknowledgedAt, alert.AcknowledgedBy)
    {
        AssignedTo = alert.AssignedTo, IsSnoozed = alert.Snoozed, SnoozedUntil = alert.SnoozedUntil,
    };

    // Null for what no person did.
    static AlertDeed? Deed(Happened happened) => happened switch
    {
        { By: null } => null,
        { What: Cleared } => new("closed", happened.By, happened.Text, happened.At, null, null),
        _ when Deeds.Contains(happened.What) =>
            new(happened.What, happened.By, happened.Text, happened.At, happened.AssignedTo, happened.SnoozedUntil),
        _ => null,
    };

    sealed record BoardPage : Page<AlertView>
    {
        public DateTimeOffset? StaleSince { get; init; }
    }

    sealed record Happened(string What, DateTimeOffset At, string? By, string? Text, string? AssignedTo, DateTimeOffset? SnoozedUntil);
}

using Microsoft.Extensions.Localization;
using Sigma.Contracts;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Pages.Parts;
using Sigma.OperatorConsole.Services;
using Sigma.OperatorConsole.Texts;

namespace Sigma.OperatorConsole.Pages.Alert;

/// <summary>Something in the life of an alert, as it is shown.</summary>
internal sealed record AlertEntry(DateTimeOffset At, string What, string Title, string? Text);

/// <summary>Puts what happened to an alert and what was said of it to people into one order.</summary>
internal static class AlertEntries
{
    public static IReadOnlyList<AlertEntry> Of(IReadOnlyList<AlertEvent> events, AlertTelling? telling, IStringLocalizer<AlertTexts> texts,
        AlertWords words, PageTime clock, string? unit)
    {
        var entries = events.Select(e => Of(e, texts, words, clock, unit));
        if (telling is not null)
            entries = entries.Concat(telling.Deliveries.Where(d => d.SettledAt is not null).Select(d => new AlertEntry(d.SettledAt!.Value,
                d.State.ToLowerInvariant(), texts["DeliveryEntry", d.Channel, TellingWords.State(d.State, texts)], d.Reason)));
        return [.. entries.OrderBy(e => e.At)];
    }

    static AlertEntry Of(AlertEvent e, IStringLocalizer<AlertTexts> texts, AlertWords words, PageTime clock, string? unit)
    {
        var (by, value) = (e.By ?? "", words.Measure(e.Value, unit));
        return e.What switch
        {
            "raised" => new(e.At, e.What, value.Length > 0 ? texts["EventRaisedWith", value] : texts["EventRaised"], e.Text),
            "cleared" => new(e.At, e.What, by.Length > 0 ? texts["EventClosed", by] : texts["EventCleared"], words.Reason(e.Text)),
            "acknowledged" => new(e.At, e.What, texts["EventAcknowledged", by], e.Text),
            AlertChange.Commented => new(e.At, e.What, texts["EventCommented", by], e.Text),
            AlertChange.Assigned => new(e.At, e.What, e.AssignedTo is { } to ? texts["EventAssigned", by, to] : texts["EventUnassigned", by], e.Text),
            AlertChange.Snoozed => new(e.At, e.What, Snoozed(e, by, texts, clock), e.Text),
            AlertChange.Measured => new(e.At, e.What, texts["EventMeasured", value], e.Text),
            _ => new(e.At, "other", $"{e.What} {by}".Trim(), e.Text),
        };
    }

    static string Snoozed(AlertEvent e, string by, IStringLocalizer<AlertTexts> texts, PageTime clock) => e.SnoozedUntil switch
    {
        null => texts["EventSnoozed", by],
        { } until when until <= e.At => texts["EventUnsnoozed", by],
        { } until => texts["EventSnoozedUntil", by, clock.Full(until)],
    };
}

/// <summary>What the notifier's words are called.</summary>
internal static class TellingWords
{
    static readonly HashSet<string> States =
        ["pending", "waiting", "sending", "held", "accepted", "sent", "failed", "uncertain", "merged", "skipped"];

    static readonly HashSet<string> Decisions =
        ["routed", "held", "released", "over", "acknowledged", "snoozed", "unsnoozed", "escalated", "unescalated"];

    public static string State(string state, IStringLocalizer<AlertTexts> texts) =>
        States.Contains(state.ToLowerInvariant()) ? texts[$"State_{state.ToLowerInvariant()}"] : state;

    public static string Decision(string kind, IStringLocalizer<AlertTexts> texts) =>
        Decisions.Contains(kind.ToLowerInvariant()) ? texts[$"Decision_{kind.ToLowerInvariant()}"] : kind;

    /// <summary>The icon that stands for a state where there is no room for its word.</summary>
    public static string IconOf(string state) => state.ToLowerInvariant() switch
    {
        "sent" or "merged" or "accepted" => "sent",
        "failed" or "uncertain" => "failed",
        "skipped" => "skipped",
        "held" => "held",
        _ => "waiting",
    };

    public static string ClassOf(string state) => state.ToLowerInvariant() switch
    {
        "sent" or "merged" => "good",
        "failed" or "uncertain" => "bad",
        "held" or "waiting" => "caution",
        _ => "",
    };
}

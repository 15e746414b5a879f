using Sigma.OperatorConsole.Silences;

namespace Sigma.OperatorConsole.Pages.Silences;

/// <summary>A silence as it is typed.</summary>
public sealed class SilenceForm
{
    /// <summary>What the button that only looks sends.</summary>
    public const string Preview = "preview";

    /// <summary>What the button that adds it sends.</summary>
    public const string Save = "save";

    /// <summary>Its identity: a form that is sent twice adds one.</summary>
    public Guid Id { get; set; }

    /// <summary>A line each.</summary>
    public string? Matchers { get; set; }

    /// <summary>When it begins; empty for now.</summary>
    public string? From { get; set; }

    /// <summary>An end that need not be typed; empty where one is.</summary>
    public string? Quick { get; set; }

    /// <summary>When it ends.</summary>
    public string? Until { get; set; }

    /// <summary>Why.</summary>
    public string? Why { get; set; }

    /// <summary>Which button was pressed.</summary>
    public string? Action { get; set; }

    internal IReadOnlyList<string> MatcherList =>
        (Matchers ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What is typed, as the services take it; with what is wrong, as names of texts.</summary>
    internal (SilenceOrder? Order, IReadOnlyList<string> Faults) Read(StationTime clock, DateTimeOffset now)
    {
        List<string> faults = [];
        if (MatcherList.Count == 0)
            faults.Add("FaultMatchers");
        var from = string.IsNullOrWhiteSpace(From) ? null : clock.Read(From);
        if (from is null && !string.IsNullOrWhiteSpace(From))
            faults.Add("FaultFrom");
        var until = SilenceEnds.Of(Quick, from ?? now, clock) ?? clock.Read(Until, last: true);
        if (until is null)
            faults.Add("FaultUntil");
        else if (until <= (from ?? now) || until <= now)
            faults.Add("FaultOrder");
        if (Action == Save && string.IsNullOrWhiteSpace(Why))
            faults.Add("FaultWhy");
        return faults.Count > 0 ? (null, faults) : (new(MatcherList, until!.Value, Why?.Trim() ?? "", from, Id == Guid.Empty ? null : Id), faults);
    }
}

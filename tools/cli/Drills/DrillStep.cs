namespace Sigma.Cli.Drills;

/// <summary>A step of a drill's way.</summary>
/// <param name="Name">In JSON.</param>
/// <param name="After">The one it follows; null for the first.</param>
/// <param name="Limit">How long after that it may come.</param>
/// <param name="Look">What became of it; null while nothing has.</param>
/// <param name="Missing">What to say when it does not come.</param>
internal sealed record DrillStep(string Name, DrillStep? After, TimeSpan Limit, Func<DrillSnapshot, StepOutcome?> Look,
    Func<DrillSnapshot, CancellationToken, Task<string>> Missing)
{
    /// <summary>The channel it is about, if it is about one.</summary>
    public string? Channel { get; init; }

    /// <summary>When it came, from the asking on.</summary>
    public TimeSpan At { get; set; }

    /// <summary>Null while it has not come.</summary>
    public StepVerdict? Verdict { get; set; }

    /// <summary>Since when it is waited for.</summary>
    public TimeSpan Since => After?.At ?? TimeSpan.Zero;

    /// <summary>Whether it can come.</summary>
    public bool IsNext => Verdict is null && After is null or { Verdict: Drills.StepVerdict.Pass };

    /// <summary>Whether it never will, because one before it has not.</summary>
    public bool IsLost =>
        Verdict is null && After is { } before && (before.Verdict is Drills.StepVerdict.Fail or Drills.StepVerdict.Skip || before.IsLost);
}

/// <summary>What became of a hop, in words.</summary>
internal sealed record StepOutcome(StepVerdict Verdict, string Text);

/// <summary>How it went.</summary>
internal enum StepVerdict
{
    Pass,

    /// <summary>It was left out, for a reason that is no failure.</summary>
    Skip,

    Fail,
}

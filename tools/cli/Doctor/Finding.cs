namespace Sigma.Cli.Doctor;

/// <summary>What an examination found of one thing: a line.</summary>
/// <param name="Check">The thing.</param>
/// <param name="State">How it is.</param>
/// <param name="Detail">What was seen, without a full stop; nothing secret.</param>
/// <param name="Advice">What to do, as a sentence; null when there is nothing to do.</param>
/// <param name="Took">How long it took to find out.</param>
internal sealed record Finding(string Check, FindingState State, string Detail, string? Advice, TimeSpan Took);

internal enum FindingState
{
    Ok,

    /// <summary>There is no such thing in this installation.</summary>
    DoesNotApply,

    Wrong,

    /// <summary>It could not be looked at, because something before it is wrong.</summary>
    NotSeen,
}

namespace Sigma.Benchmarks.Figures;

/// <summary>One measured figure; with a target it is judged.</summary>
internal sealed record Figure(string Part, string Name, double Value, string Unit)
{
    /// <summary>The most it may be.</summary>
    public double? AtMost { get; init; }

    /// <summary>The least it must be.</summary>
    public double? AtLeast { get; init; }

    public bool? Passed => (AtMost, AtLeast) switch
    {
        (null, null) => null,
        _ => !(Value > AtMost) && !(Value < AtLeast),
    };
}

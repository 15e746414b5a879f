namespace Sigma.Faults.Verdicts;

/// <summary>One number of the result; with a limit it is judged.</summary>
internal sealed record Figure(string Part, string Name, double Value, string Unit = "")
{
    /// <summary>The most it may be.</summary>
    public double? AtMost { get; init; }

    /// <summary>The least it must be: a run that broke nothing proves nothing.</summary>
    public double? AtLeast { get; init; }

    public bool? Passed => AtMost is null && AtLeast is null ? null : !(Value > AtMost) && !(Value < AtLeast);

    /// <summary>Some of what makes up the number, for whoever must find out why.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>As many as there are; none are allowed.</summary>
    public static Figure None(string part, string name, IEnumerable<string> found)
    {
        var all = found.ToList();
        return new Figure(part, name, all.Count) { AtMost = 0, Examples = [.. all.Take(10)] };
    }
}

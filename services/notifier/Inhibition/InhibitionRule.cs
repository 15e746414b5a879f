using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Inhibition;

/// <summary>Which alerts hold back which others.</summary>
internal sealed class InhibitionRule(InhibitionOptions options)
{
    readonly IReadOnlyList<string> _equal = [.. options.Equal];

    public string Name => options.Name;

    public MatcherSet Source { get; } = MatcherSet.Parse(options.Source);

    public MatcherSet Target { get; } = MatcherSet.Parse(options.Target);

    /// <summary>
    /// An alert that holds this one back; null when none does. As in Alertmanager, of two that fit both sides neither holds the other back.
    /// </summary>
    public Guid? Of(Guid alert, AlertFacts facts, IReadOnlyDictionary<Guid, AlertFacts> raised)
    {
        if (!Target.Fit(facts))
            return null;
        var isSource = Source.Fit(facts);
        foreach (var (id, other) in raised)
            if (id != alert && Source.Fit(other) && !(isSource && Target.Fit(other)) && _equal.All(name => other.Value(name) == facts.Value(name)))
                return id;
        return null;
    }
}

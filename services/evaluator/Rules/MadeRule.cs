namespace Sigma.Evaluator.Rules;

/// <summary>A rule that somebody made, as the book has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rule">Ready to be applied; null when a newer version made it and this one cannot read it.</param>
/// <param name="Fault">Why it cannot be read; null when it can.</param>
internal sealed record MadeRule(string Name, Rule? Rule, string? Fault)
{
    /// <summary>Its kind and its source, where it cannot be read but says them in the words of now; else null.</summary>
    public (string Kind, string Source)? Unread { get; init; }

    /// <summary>Whether it is of a kind and judged by a source's news, here or by a newer version.</summary>
    public bool Watches(string kind, string source) => Rule is { } rule
        ? rule.Options.Mode != RuleMode.Off && rule.Kind == kind && rule.Source == source : Unread == (kind, source);
}

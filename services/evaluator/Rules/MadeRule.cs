namespace Sigma.Evaluator.Rules;

/// <summary>A rule that somebody made, as the book has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rule">Ready to be applied; null when a newer version made it and this one cannot read it.</param>
/// <param name="Fault">Why it cannot be read; null when it can.</param>
internal sealed record MadeRule(string Name, Rule? Rule, string? Fault);

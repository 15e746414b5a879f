using Sigma.Evaluator.Queries;

namespace Sigma.Cli.Explain;

/// <summary>An alert that is raised and is no rule's as it is configured here.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Fate">What became of its rule, and what becomes of it.</param>
internal sealed record OtherAlert(RaisedAlert Alert, string Fate);

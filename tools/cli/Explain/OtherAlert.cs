using Sigma.Evaluator.Triggers;

namespace Sigma.Cli.Explain;

/// <summary>An alert that is raised and is no rule's as it is configured here.</summary>
/// <param name="Alert">Its trigger.</param>
/// <param name="Fate">What became of its rule, and what becomes of it.</param>
internal sealed record OtherAlert(Trigger Alert, string Fate);

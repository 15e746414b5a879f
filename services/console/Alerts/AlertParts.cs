using Sigma.Contracts;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>
/// What other services know of an alert: the evaluator what is counted and what is not, the notifier who was told and who not. Whoever may see an
/// alert may see that of it; keys of which there is no alert are for those who see everything.
/// </summary>
internal sealed class AlertParts(AlertQuery alerts, RaisedAlerts board, EvaluatorClient evaluator, NotifierClient notifier)
{
    /// <summary>What is counted of an alert, as it is now or was when it was raised; null when the caller may not see it.</summary>
    /// <exception cref="NothingCountedException">Its rule counts no events.</exception>
    public async Task<ExplainedKey?> Explain(Guid id, Caller caller, CancellationToken ct)
    {
        if (await Find(id, caller, ct) is not { } alert)
            return null;
        if (alert.Kind != RuleKind.Count)
            throw new NothingCountedException(alert.Kind);
        return await evaluator.Explain(alert.Rule, alert.Labels, alert.IsRaised ? null : alert.RaisedAt, ct);
    }

    /// <summary>Who was told of an alert, who not, and why; null when the caller may not see it, or when no notifier knows it.</summary>
    public async Task<AlertTelling?> Telling(Guid id, Caller caller, CancellationToken ct) =>
        await Find(id, caller, ct) is null ? null : await notifier.Telling(id, ct);

    /// <summary>What is counted of a key of a rule.</summary>
    public Task<ExplainedKey> Explain(string rule, IReadOnlyDictionary<string, string> labels, DateTimeOffset? at, Caller caller,
        CancellationToken ct)
    {
        caller.DemandNoLimits();
        return evaluator.Explain(rule, labels, at, ct);
    }

    /// <summary>Which keys rules count for an account.</summary>
    public Task<KeysOfAccount> Keys(KeysQuestion question, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return evaluator.Keys(question, ct);
    }

    // What is raised is in memory, also while the database is away.
    async Task<AlertView?> Find(Guid id, Caller caller, CancellationToken ct) => board.Find(id, caller) ?? await alerts.Find(id, caller, ct);
}

/// <summary>An alert is asked to be explained whose rule counts no events.</summary>
/// <param name="kind">Kind of the rule.</param>
internal sealed class NothingCountedException(string kind)
    : Exception($"The alert's rule is of the kind {kind}: only of events it is kept what is counted.");

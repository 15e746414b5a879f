using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions;

/// <summary>
/// A kind of rule. The trigger knows none: it locks its row and asks what is true now. A new kind is a folder of its own and a line in
/// <see cref="Registration"/>.
/// </summary>
internal interface ICondition
{
    /// <summary>As rules name it.</summary>
    string Kind { get; }

    /// <summary>What is wrong with a key, for how long its rule wants it to be; null when nothing is.</summary>
    Task<Finding?> LookForRaise(DbSession session, Rule rule, RaiseHint hint, CancellationToken ct);

    /// <summary>What is wrong with a key that is raised, whatever its rule says of when to raise it; null when nothing is.</summary>
    Task<Finding?> LookForUpdate(DbSession session, Rule rule, RaiseHint hint, CancellationToken ct) => LookForRaise(session, rule, hint, ct);

    /// <summary>Whether all is normal again.</summary>
    Task<Outlook> LookForClear(DbSession session, Rule rule, Trigger trigger, ClearHint hint, CancellationToken ct);

    /// <summary>
    /// Takes keys of a rule that may be raised or cleared because time has passed, the longest due first, and pushes them ahead so that nobody else
    /// takes them too.
    /// </summary>
    /// <param name="session">Its transaction.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="covered">The newest stretch of time in which its news was taken in without a gap.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="ct">Ends the waiting.</param>
    Task<IReadOnlyList<Key>> TakeDue(DbSession session, Rule rule, CoveredRange covered, int most, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Key>>([]);

    /// <summary>
    /// The table of what it keeps of its keys, with the columns <c>trigger_id</c>, <c>rule</c> and <c>due_at</c>; null when it keeps nothing.
    /// </summary>
    string? Keeps => null;

    /// <summary>The rule is another now: all of its keys are due.</summary>
    async Task LookAgain(DbSession session, Rule rule, CancellationToken ct)
    {
        if (Keeps is null)
            return;
        foreach (var name in rule.Source == RuleOptions.Every ? await KeptRules.In(session, Keeps, rule, ct) : [rule.Name])
            await session.Execute($"update {Keeps} set due_at = 1 where rule = @name", new { name }, ct); // an index begins with rule
    }

    /// <summary>These are no rule's keys any more.</summary>
    Task Forget(DbSession session, IReadOnlyCollection<Key> keys, CancellationToken ct) => Keeps is null || keys.Count == 0 ? Task.CompletedTask
        : session.Execute($"delete from {Keeps} where trigger_id in ({keys.Select(key => key.TriggerId).Literals()})", null, ct);
}

/// <summary>A key of a rule.</summary>
/// <param name="TriggerId">Follows from the rule and the labels.</param>
/// <param name="Labels">The grouped labels with their values.</param>
internal sealed record Key(Guid TriggerId, IReadOnlyDictionary<string, string> Labels);

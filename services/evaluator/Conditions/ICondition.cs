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
}

/// <summary>A key of a rule.</summary>
/// <param name="TriggerId">Follows from the rule and the labels.</param>
/// <param name="Labels">The grouped labels with their values.</param>
internal sealed record Key(Guid TriggerId, IReadOnlyDictionary<string, string> Labels);

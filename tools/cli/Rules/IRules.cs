using Sigma.Evaluator.Backtests;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;

namespace Sigma.Cli.Rules;

/// <summary>The rules there are, and what people change of them.</summary>
internal interface IRules
{
    /// <summary>First those of the settings.</summary>
    Task<IReadOnlyList<ListedRule>> All(CancellationToken ct);

    /// <summary>What a rule says, or said by a revision; null when there is nothing.</summary>
    /// <exception cref="RuleTextException">This version cannot read it.</exception>
    Task<RuleOptions?> Find(string name, long? revision, CancellationToken ct);

    /// <summary>The newest changes of a rule, or of all, with what was changed by each.</summary>
    Task<IReadOnlyList<RuleChange>> History(string? name, int top, CancellationToken ct);

    /// <summary>What is wrong with rules beside those there are; empty when nothing is.</summary>
    Task<IReadOnlyList<string>> Faults(IReadOnlyList<RuleOptions> rules, CancellationToken ct);

    /// <summary>Makes rules, or changes those that have their names.</summary>
    /// <exception cref="RuleTextException">They are refused, and nothing is changed.</exception>
    Task<IReadOnlyList<RuleEdit>> Put(IReadOnlyList<RuleOptions> rules, string by, string? why, CancellationToken ct);

    /// <summary>Has a rule judged live, in the shadow or not at all.</summary>
    /// <exception cref="RuleTextException">It is refused.</exception>
    Task<IReadOnlyList<RuleEdit>> SetMode(string name, RuleMode mode, string by, string? why, CancellationToken ct);

    /// <summary>Has a rule say again what it said once.</summary>
    /// <exception cref="RuleTextException">It is refused.</exception>
    Task<IReadOnlyList<RuleEdit>> RollBack(string name, long revision, string by, string? why, CancellationToken ct);

    /// <summary>Makes another rule that says the same, switched off.</summary>
    /// <exception cref="RuleTextException">It is refused.</exception>
    Task<IReadOnlyList<RuleEdit>> Clone(string name, string clone, string by, string? why, CancellationToken ct);

    /// <summary>Takes a rule away.</summary>
    /// <exception cref="RuleTextException">It is refused.</exception>
    Task<IReadOnlyList<RuleEdit>> Remove(string name, string by, string? why, CancellationToken ct);

    /// <summary>What a rule would have raised.</summary>
    /// <exception cref="RuleTextException">It is refused.</exception>
    Task<FoundBacktest> Backtest(WantedBacktest wanted, IProgress<long> progress, CancellationToken ct);
}

/// <summary>A change of a rule.</summary>
/// <param name="Number">Its revision.</param>
/// <param name="Name">Name of the rule.</param>
/// <param name="Change">What was changed, in a word or two.</param>
/// <param name="IsRemoved">Whether the rule is gone by it.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Why">Why.</param>
/// <param name="Differences">In which fields.</param>
internal sealed record RuleChange(long Number, string Name, string Change, bool IsRemoved, string By, DateTimeOffset At, string? Why,
    IReadOnlyList<RuleDifference> Differences);

/// <summary>A back-test that is asked for.</summary>
/// <param name="Name">Name of a rule that is there; or</param>
/// <param name="Rule">what it says.</param>
/// <param name="Days">So many days back.</param>
/// <param name="Top">The newest alerts, so many.</param>
internal sealed record WantedBacktest(string? Name, RuleOptions? Rule, double Days, int Top);

/// <summary>What a back-test found.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Source">Source of its events; null where it is not known.</param>
/// <param name="Events">Events that were read.</param>
/// <param name="Keys">Keys that have events.</param>
/// <param name="Alerts">Alerts that would have been.</param>
/// <param name="KeysWithAlerts">Keys that have alerts; null where it is not known.</param>
/// <param name="From">Since when its source is covered; null when it is not.</param>
/// <param name="To">Until when.</param>
/// <param name="Gaps">Gaps between.</param>
/// <param name="Newest">The newest alerts first, as many as were wanted.</param>
internal sealed record FoundBacktest(string Rule, string? Source, long Events, int Keys, int Alerts, int? KeysWithAlerts, DateTimeOffset? From,
    DateTimeOffset? To, int Gaps, IReadOnlyList<BacktestAlert> Newest);

using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sigma.Evaluator;
using Sigma.Evaluator.Changes;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

/// <summary>Evaluators that start with one rule, and again with its settings changed.</summary>
internal static class RuleRestarts
{
    /// <summary>At the time of the events: what is older than two days may be purged at a start.</summary>
    public static async Task<Station> Create(ITestOutputHelper output, [CallerMemberName] string test = "")
    {
        var station = await Station.Create(output, test: test);
        station.Clock.Advance(Noon.AddMinutes(6) - station.Clock.GetUtcNow());
        return station;
    }

    public static async Task<WebApplication> StartWithRule(this Station station, params (string Setting, string Value)[] rule)
    {
        station.Settings.TryAdd("Evaluator:Rules:0:Name", "rule");
        foreach (var (setting, value) in rule)
            station.Settings[$"Evaluator:Rules:0:{setting}"] = value;
        var evaluator = await station.StartEvaluator();
        await Applied(evaluator);
        return evaluator;
    }

    /// <summary>Stops it, changes the rule, starts it, and waits until all that follows has happened.</summary>
    public static async Task<WebApplication> RestartWithRule(this Station station, WebApplication evaluator,
        params (string Setting, string Value)[] rule)
    {
        await station.Stop(evaluator);
        var started = await station.StartWithRule(rule);
        await station.Quiet();
        return started;
    }

    /// <summary>Starts it without the table it compares its rules with.</summary>
    public static async Task<WebApplication> StartUnableToApplyRules(this Station station)
    {
        await station.Count("alter table evaluator_rules rename to evaluator_rules_away; select 0");
        return await station.Start("evaluator", service => service.AddEvaluator());
    }

    public static Task<long> LetRulesBeApplied(this Station station) =>
        station.Count("alter table evaluator_rules_away rename to evaluator_rules; select 0");

    public static Task Applied(WebApplication evaluator)
    {
        var changes = evaluator.Services.GetServices<IHostedService>().OfType<RuleChanges>().Single();
        return Await.Until(() => Task.FromResult(changes.Settled), settled => settled is not null, "the rules are applied");
    }

    public static string Text(AmqpMessage amqpMessage, string field) => amqpMessage.Message.GetProperty(field).GetString()!;
}

using Sigma.Evaluator.Api;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Drills;
using Sigma.Evaluator.Life;
using Sigma.Evaluator.Retention;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Schema;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting;

namespace Sigma.Evaluator;

/// <summary>The evaluator, capability by capability.</summary>
public static class EvaluatorService
{
    /// <summary>Adds the evaluator to a process.</summary>
    public static ServiceBuilder AddEvaluator(this ServiceBuilder service) => service
        .Settings<EvaluatorOptions>("Evaluator")
        .Schema(EvaluatorContext.Schema)
        .AddRules()
        .AddCoverage()
        .AddConditions()
        .AddTriggers()
        .AddLife()
        .AddChanges()
        .AddDrills()
        .AddRetention()
        .AddApi();
}

using Sigma.Evaluator.Conditions.Absence;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.Evaluator.Conditions.External;
using Sigma.Evaluator.Conditions.Threshold;
using Sigma.Hosting;

namespace Sigma.Evaluator.Conditions;

internal static class Registration
{
    /// <summary>The kinds of rule, and what they share.</summary>
    public static ServiceBuilder AddConditions(this ServiceBuilder service)
    {
        service.Services.AddSingleton<ConditionSet>().AddSingleton<KeyHints>();
        return service.Jobs(DueSweep.Schedule).Jobs(PendingSweep.Schedule)
            .AddCounting()
            .AddThreshold()
            .AddAbsence()
            .AddExternal();
    }
}

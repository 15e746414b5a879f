using Microsoft.Extensions.Options;
using Sigma.Evaluator.Queries;
using Sigma.Hosting;
using Sigma.Hosting.Api;
using Sigma.Storage;

namespace Sigma.Evaluator.Api;

internal static class Registration
{
    /// <summary>What the console and other services ask of the evaluator, and have it do: all that the command line tool does.</summary>
    public static ServiceBuilder AddApi(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton(provider => new RuleQuery(provider.GetRequiredService<Database>(), Options(provider)))
            .AddSingleton(provider => new RaisedAlertQuery(provider.GetRequiredService<Database>()))
            .AddSingleton<RuleAnswers>().AddSingleton<KeyExplanation>().AddSingleton<AccountKeys>();
        return service.Api("evaluator", ApiJson.Default, app =>
        {
            RulesApi.Map(app);
            BacktestsApi.Map(app);
            AlertsApi.Map(app);
            KeysApi.Map(app);
            DrillsApi.Map(app);
        });
    }

    static EvaluatorOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<EvaluatorOptions>>().Value;
}

using System.Text.Json.Serialization;
using Sigma.Hosting;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Api.Alertmanager;
using Sigma.OperatorConsole.Api.SimpleJson;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Deliveries;
using Sigma.OperatorConsole.Integrations;
using Sigma.OperatorConsole.Logs;
using Sigma.OperatorConsole.Metrics;
using Sigma.OperatorConsole.Operations;
using Sigma.OperatorConsole.Routes;
using Sigma.OperatorConsole.Rules;
using Sigma.OperatorConsole.Silences;
using Sigma.OperatorConsole.Sources;

namespace Sigma.OperatorConsole.Api;

internal static class Registration
{
    /// <summary>The public API: what pages do, for programs, by the same services.</summary>
    public static ServiceBuilder AddApi(this ServiceBuilder service)
    {
        service.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        service.Services.AddSingleton<LiveEvents>().AddSingleton<SilencesOfAlerts>()
            .AddSingleton<PanelSeries>().AddSingleton<PanelAlerts>().AddSingleton<PanelTags>()
            .AddSingleton(provider => new ServerStart(provider.GetRequiredService<TimeProvider>().GetUtcNow())).AddApiDocument();
        return service.Pipeline(ApiProblems.Use).Endpoints(Map);
    }

    static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        AlertsApi.Map(api);
        ExplainApi.Map(api);
        HistoryApi.Map(api);
        ViewsApi.Map(api);
        LiveApi.Map(api);
        AccessApi.Map(api);
        RulesApi.Map(api);
        SilencesApi.Map(api);
        RoutesApi.Map(api);
        ReceiversApi.Map(api);
        DeliveriesApi.Map(api);
        IntegrationsApi.Map(api);
        SourcesApi.Map(api);
        LogsApi.Map(api);
        MetricsApi.Map(api);
        SystemApi.Map(api);
        AlertmanagerApi.Map(app.MapGroup("/api/v2"));
        SimpleJsonApi.Map(app.MapGroup("/api/simplejson"));
        ApiDocument.Map(app);
    }
}

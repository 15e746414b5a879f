using Microsoft.Extensions.Options;
using Sigma.Fetcher.Sources.Affected;
using Sigma.Fetcher.Sources.Api;
using Sigma.Fetcher.Sources.Conditions;
using Sigma.Fetcher.Sources.Prefect;
using Sigma.Fetcher.Sources.Probes;
using Sigma.Fetcher.Sources.Probes.BuiltIn;
using Sigma.Fetcher.Sources.Schedule;
using Sigma.Fetcher.Sources.StatusFeeds;
using Sigma.Hosting;
using Sigma.Hosting.Api;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;

namespace Sigma.Fetcher.Sources;

internal static class Registration
{
    static readonly Type[] Parameters = [typeof(HttpParameters), typeof(TcpParameters), typeof(JsonNumberParameters), typeof(HostParameters),
        typeof(SqlParameters), typeof(PrefectRunParameters)];

    /// <summary>What is polled beside Segware: feeds of outages, probes, Prefect servers.</summary>
    public static ServiceBuilder AddSources(this ServiceBuilder service)
    {
        service.Services.AddApiClients()
            .AddSingleton<ConditionLedger>().AddSingleton<SourceTable>().AddSingleton<SourceTelemetry>().AddSingleton<SourceRunner>()
            .AddSingleton<SourceSet>().AddSingleton<SourceHistory>().AddSingleton<SourcePurge>()
            .AddSingleton<AffectedSites>().AddSingleton<ISourceReader, StatusFeedReader>()
            .AddSingleton<ProbeCatalogue>().AddSingleton<CheckReader>().AddSingleton<ISourceReader, CheckSources>()
            .AddSingleton<IValidateOptions<FetcherOptions>>(provider => provider.GetRequiredService<CheckReader>())
            .AddSingleton<ISourceReader, PrefectReader>()
            .AddHostedService<SourceSchedule>();
        foreach (var options in Parameters)
            service.Services.AddSingleton<ISettingsSection>(new ParametersSection(options));
        service.Services.AddHealthChecks().AddCheck<SourceHealth>(SourceHealth.Name, tags: ["ready", SourceHealth.Note]);
        return service.Jobs(SourcePurge.Schedule).Api("fetcher", null, SourcesApi.Map);
    }

    /// <summary>The parameters of a probe of the service, for whoever lists the settings there are.</summary>
    sealed class ParametersSection(Type options) : ISettingsSection
    {
        public string Section => "Fetcher:Probes:Checks:*:Parameters";

        public Type Options => options;

        public object Read(IServiceProvider services) => services.GetRequiredService<IOptions<FetcherOptions>>().Value; // all checks there are
    }
}

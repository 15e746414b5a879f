using Sigma.Hosting;
using Sigma.Hosting.Api;

namespace Sigma.Archive.Queries;

internal static class Registration
{
    /// <summary>What the console and the command line tool ask of the archive.</summary>
    public static ServiceBuilder AddQueries(this ServiceBuilder service) => service.Api("archive", ApiJson.Default, app =>
    {
        LogsApi.Map(app);
        SamplesApi.Map(app);
        AgentsApi.Map(app);
        StateApi.Map(app);
    });
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sigma.Hosting;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Tls;

internal static class StationExtensions
{
    /// <summary>Starts a service that will not become ready.</summary>
    public static async Task<WebApplication> StartUnready(this Station station, string name, Action<ServiceBuilder> compose, ITestOutputHelper output)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(station.Settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new TestLog(output));
        builder.Services.AddSingleton<TimeProvider>(station.Clock);
        return await ServiceHost.Start(name, builder, compose, CancellationToken.None);
    }

    /// <summary>Waits until <c>/health/ready</c> answers 503 with these words.</summary>
    public static Task UntilUnready(this Station station, WebApplication service, string words) => Await.Until(() => station.Health(service),
        health => health.Status == HttpStatusCode.ServiceUnavailable && health.Body.Replace("\\u0027", "'").Contains(words, StringComparison.Ordinal),
        $"the service says: {words}");
}

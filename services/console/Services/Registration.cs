using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Rules;

namespace Sigma.OperatorConsole.Services;

internal static class Registration
{
    /// <summary>Asks the other services; and what is done with what they own.</summary>
    public static ServiceBuilder AddOtherServices(this ServiceBuilder service)
    {
        service.Services.AddServiceClient().AddSingleton<ServiceProcesses>()
            .AddSingleton(provider => new EvaluatorClient(Calls(provider, "evaluator", options => options.Evaluator)))
            .AddSingleton(provider => new NotifierClient(Calls(provider, "notifier", options => options.Notifier)))
            .AddSingleton(provider => new FetcherClient(Calls(provider, "fetcher", options => options.Fetcher, isOpen: true),
                Calls(provider, "fetcher", options => options.Fetcher)))
            .AddSingleton(provider => new GatewayClient(Calls(provider, "gateway", options => options.Gateway)))
            .AddSingleton(provider => new ArchiveClient(Calls(provider, "archive", options => options.Archive)));
        return service.AddRules();
    }

    /// <summary>How a service is called.</summary>
    internal static ServiceCalls Calls(IServiceProvider provider, string name, Func<ConsoleOptions, string> address, bool isOpen = false) => new(
        name,
        new ServiceAddress($"Console__{char.ToUpperInvariant(name[0])}{name[1..]}",
            address(provider.GetRequiredService<IOptions<ConsoleOptions>>().Value), provider.GetRequiredService<IServer>()),
        isOpen ? null : provider.GetRequiredService<IOptions<ApiOptions>>().Value.Key,
        provider.GetRequiredService<IHttpClientFactory>(),
        TimeProvider.System); // an answer takes real time, also where the service's clock is a demonstration's, which runs ahead

    internal static IServiceCollection AddServiceClient(this IServiceCollection services) =>
        services.AddInternalApiClient(ServiceCalls.Client, client => client.Timeout = Timeout.InfiniteTimeSpan);
}

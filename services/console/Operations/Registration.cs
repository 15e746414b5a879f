using Sigma.Hosting;

namespace Sigma.OperatorConsole.Operations;

internal static class Registration
{
    /// <summary>How the services are, and what lies in their queues.</summary>
    public static ServiceBuilder AddOperations(this ServiceBuilder service)
    {
        service.Services.AddSingleton<HealthQuery>().AddSingleton<BrokerQueues>().AddSingleton<OutboxDepth>();
        return service;
    }
}

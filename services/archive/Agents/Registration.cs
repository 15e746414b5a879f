using MassTransit;
using Sigma.Hosting;

namespace Sigma.Archive.Agents;

internal static class Registration
{
    /// <summary>Who was heard when.</summary>
    public static ServiceBuilder AddAgents(this ServiceBuilder service)
    {
        service.Services.AddSingleton<AgentTable>();
        return service.Consumers(bus => bus.AddConsumer<BeatsConsumer, BeatsConsumerDefinition>());
    }
}

using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Hosting;
using Sigma.IntegrationTests.Faults.Bus;
using Sigma.IntegrationTests.Faults.Http;
using Sigma.IntegrationTests.Faults.Storage;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Faults;

/// <summary>Puts a plan's faults into a service before it is built. Nothing of this is in the product.</summary>
internal static class FaultInjection
{
    public static void InjectFaults(this ServiceBuilder service, FaultPlan plan)
    {
        service.Services.AddSingleton<IDialect>(new FaultyDialect(Dialects.Of(StorageProvider.MySql), plan.On(FaultLayer.Storage)));

        var bus = plan.On(FaultLayer.Bus);
        var http = plan.On(FaultLayer.Http);
        var streaks = new FaultStreaks();
        service.Services.AddSendObserver(_ => new SendFaults(bus));
        service.Services.AddPublishObserver(_ => new SendFaults(bus));
        service.Consumers(configure => configure.AddConfigureEndpointsCallback((_, _, endpoint) =>
            endpoint.ConfigureReceive(receive => receive.UseFilter(new ReceiveFaults(bus)))));

        service.Services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new FaultyHandler(http, streaks)));
    }
}

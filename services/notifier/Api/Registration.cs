using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Hosting.Api;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Routing;
using Sigma.Storage;

namespace Sigma.Notifier.Api;

internal static class Registration
{
    /// <summary>What the console and other services ask of the notifier, and have it do: all that the command line tool does.</summary>
    public static ServiceBuilder AddApi(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton(provider => new PolicyEdits(provider.GetRequiredService<Database>(), service.Configuration, Time(provider)))
            .AddSingleton(provider => new SilenceCommands(provider.GetRequiredService<Database>(), Time(provider), service.Configuration))
            .AddSingleton(provider => new DeliveryQuery(provider.GetRequiredService<Database>()))
            .AddSingleton(provider => new DeliveryRetry(provider.GetRequiredService<Database>(),
                provider.GetRequiredService<IOptions<NotifierOptions>>().Value.Deliveries, Time(provider)))
            .AddSingleton(provider => new DeliveryDecision(provider.GetRequiredService<Database>(), Time(provider)))
            .AddSingleton(provider => new ToldQuery(provider.GetRequiredService<Database>(), Time(provider)))
            .AddSingleton<VendorQuestion>()
            .AddSingleton<TestMessage>();
        return service.Api("notifier", null, app =>
        {
            RoutesApi.Map(app);
            SilencesApi.Map(app);
            DeliveriesApi.Map(app);
            ReceiversApi.Map(app);
            TellingApi.Map(app);
            AccountsApi.Map(app);
            DrillsApi.Map(app);
        });
    }

    static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}

using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Queries;

namespace Sigma.Notifier.Receivers;

internal static class Registration
{
    const string Section = "Notifier:Receivers:*:Integrations:*";

    public static ServiceBuilder AddReceivers(this ServiceBuilder service)
    {
        service.Services.AddApiClients()
            .AddSingleton(provider =>
            {
                _ = provider.GetRequiredService<IOptions<NotifierOptions>>().Value; // what is wrong with the common settings is said first
                return ReceiverSettings.Read(service.Configuration);
            })
            .AddSingleton<ReceiverSet>()
            .AddSingleton<ReceiverChoice>()
            .AddSingleton(provider => new ChannelCheck(provider.GetRequiredService<ReceiverSet>()))
            .AddSingleton<ISettingsSection>(new IntegrationSection(typeof(IntegrationOptions)));
        foreach (var type in ChannelTypes.All)
        {
            service.Services.AddSingleton<ISettingsSection>(new IntegrationSection(type.Settings));
            type.Add(service);
        }
        return service;
    }

    /// <summary>The settings of a type of integration, for whoever lists the settings there are.</summary>
    sealed class IntegrationSection(Type options) : ISettingsSection
    {
        public string Section => Registration.Section;

        public Type Options => options;

        public object Read(IServiceProvider services) => services.GetRequiredService<ReceiverSettings>(); // all there are
    }
}

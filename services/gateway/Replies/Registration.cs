using Sigma.Hosting;

namespace Sigma.Gateway.Replies;

internal static class Registration
{
    /// <summary>What people and vendors answer.</summary>
    public static ServiceBuilder AddReplies(this ServiceBuilder service)
    {
        service.Services.AddSingleton<Acknowledgements>().AddSingleton<RepliesApi>()
            .AddSingleton(provider => new NotifierCalls(Alertmanager.Registration.Calls(provider, "notifier", options => options.Notifier)));
        return service.Endpoints(RepliesApi.Map);
    }
}

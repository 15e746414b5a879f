using Sigma.Hosting;
using Sigma.Hosting.Http;

namespace Sigma.Gateway.Replies;

internal static class Registration
{
    /// <summary>What people and vendors answer.</summary>
    public static ServiceBuilder AddReplies(this ServiceBuilder service)
    {
        service.Services.AddApiClients().AddSingleton<Acknowledgements>().AddSingleton<NotifierCalls>().AddSingleton<RepliesApi>();
        return service.Endpoints(RepliesApi.Map);
    }
}

using Sigma.Hosting;
using Sigma.Segware;

namespace Sigma.Notifier.Accounts;

internal static class Registration
{
    public static ServiceBuilder AddAccounts(this ServiceBuilder service)
    {
        service.AddSegware().Services
            .AddSingleton<LastKnownAccounts>()
            .AddSingleton<Companies>()
            .AddSingleton<ClientGroups>()
            .AddSingleton<AccountLookup>();
        return service;
    }
}

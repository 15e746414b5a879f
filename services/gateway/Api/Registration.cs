using Microsoft.Extensions.Options;
using Sigma.Gateway.Queries;
using Sigma.Hosting;
using Sigma.Hosting.Api;
using Sigma.Storage;

namespace Sigma.Gateway.Api;

internal static class Registration
{
    /// <summary>What the console asks of the gateway and has it do.</summary>
    public static ServiceBuilder AddApi(this ServiceBuilder service)
    {
        service.Services
            .AddSingleton(provider => new IntakeQuery(provider.GetRequiredService<Database>()))
            .AddSingleton(provider => new IntegrationQuery(provider.GetRequiredService<Database>(),
                provider.GetRequiredService<IOptions<GatewayOptions>>().Value));
        return service.Api("gateway", ApiJson.Default, app =>
        {
            IntegrationsApi.Map(app);
            IntakeApi.Map(app);
        });
    }
}

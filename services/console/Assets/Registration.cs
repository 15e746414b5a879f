using Sigma.Hosting;

namespace Sigma.OperatorConsole.Assets;

internal static class Registration
{
    public static ServiceBuilder AddAssets(this ServiceBuilder service) => service.Endpoints(AssetsEndpoint.Map);
}

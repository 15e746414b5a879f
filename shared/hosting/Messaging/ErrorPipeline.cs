using MassTransit;
using MassTransit.Middleware;

namespace Sigma.Hosting.Messaging;

/// <summary>Moves a message that no consumer can process to the error queue of its endpoint.</summary>
internal static class ErrorPipeline
{
    public static void Configure(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureError(Into);
        var errors = Pipe.New<ExceptionReceiveContext>(Into);
        endpoint.ConfigureReceive(receive =>
        {
            receive.UseFilter(new SizeLimit(errors));
            receive.UseFilter(new RefusedPublishes(errors));
        });
    }

    // MassTransit's own two steps.
    static void Into(IPipeConfigurator<ExceptionReceiveContext> error)
    {
        error.UseFilter(new GenerateFaultFilter());
        error.UseFilter(new ErrorTransportFilter());
    }
}

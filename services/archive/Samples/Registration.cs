using MassTransit;
using Microsoft.Extensions.Options;
using Sigma.Archive.Samples.Embedded;
using Sigma.Archive.Samples.Remote;
using Sigma.Hosting;
using Sigma.Hosting.Http;

namespace Sigma.Archive.Samples;

internal static class Registration
{
    /// <summary>Samples: kept in files, or handed on.</summary>
    public static ServiceBuilder AddSamples(this ServiceBuilder service)
    {
        service.Services.AddApiClients().AddSingleton<EmbeddedSampleSearch>().AddSingleton<EmbeddedSampleStore>().AddSingleton<RemoteSampleStore>()
            .AddSingleton<RemoteSampleSearch>()
            .AddSingleton<ISampleStore>(provider => provider.GetRequiredService<IOptions<ArchiveOptions>>().Value.Samples.IsRemote
                ? provider.GetRequiredService<RemoteSampleStore>() : provider.GetRequiredService<EmbeddedSampleStore>());
        return service.Consumers(bus => bus.AddConsumer<SamplesConsumer, SamplesConsumerDefinition>());
    }
}

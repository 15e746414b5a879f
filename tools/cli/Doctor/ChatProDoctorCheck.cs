using System.Net;
using Sigma.Hosting.Http;
using Sigma.Notifier;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Doctor;

/// <summary>Whether ChatPro accepts our token and has a connected phone. Sends nothing.</summary>
internal sealed class ChatProDoctorCheck(ConfiguredServices services) : IDoctorCheck
{
    const string ChatPro = "chatpro";

    public IReadOnlyList<string> CheckNames => [ChatPro];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        if (!services.Settings<NotifierOptions>().Channels.WhatsApp.Enabled)
        {
            findings.DoesNotApply(ChatPro, "WhatsApp is switched off (Notifier__Channels__WhatsApp__Enabled)");
            return;
        }
        var options = services.Settings<ChatProOptions>();
        options.Patience.Timeout = Shorten.Timeout(options.Patience.Timeout); // before the client is made
        try
        {
            if (await services.Get<ChatProCheck>().IsConnected(ct))
                findings.Ok(ChatPro, $"a phone is connected; messages go to {options.MaskedRecipient()}");
            else
                findings.Wrong(ChatPro, "ChatPro's instance has no phone connected, so no message arrives",
                    "See that the phone is on and online; else open the instance in ChatPro's panel and scan its QR code with the phone's WhatsApp.");
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            findings.Wrong(ChatPro, services.Get<ChatProCheck>().Refusal ?? $"ChatPro: {FailureReason.Of(e)}", Advice(e));
        }
    }

    static string Advice(Exception e) => e switch
    {
        ApiException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound } =>
            "Take instance and token from ChatPro's panel, set ChatPro__InstanceId and ChatPro__Token and restart the notifier.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "See TLS in docs/settings.md#tls; the authority of a proxy's goes into ChatPro__CaFile.",
        ApiException => "Deliveries wait and are tried for a day.",
        _ => "Does this machine reach ChatPro__BaseUrl (name server, proxy, firewall)? Deliveries wait and are tried for a day.",
    };
}

namespace Sigma.Notifier.Channels.Twilio;

internal static class Registration
{
    public static readonly ChannelType Sms = new ChannelType<TwilioSmsChannel, TwilioSmsOptions>("twilio-sms");

    public static readonly ChannelType WhatsApp = new ChannelType<TwilioWhatsAppChannel, TwilioWhatsAppOptions>("twilio-whatsapp");
}

using Sigma.Hosting;
using Sigma.Notifier;

// Writes each alert down in the register, finds the names of account, company and group, and delivers it on every channel:
// WhatsApp through ChatPro, and an alarm event in Segware. A channel that got the alert gets its end.
return await ServiceHost.Run("notifier", args, service => service.AddNotifier());

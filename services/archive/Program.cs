using Sigma.Archive;
using Sigma.Hosting;

// Keeps the log lines and samples that the gateway takes in, by day, finds them again, and knows when each agent was last heard.
return await ServiceHost.Run("archive", args, service => service.AddArchive());

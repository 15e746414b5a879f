using Sigma.Hosting;
using Sigma.OperatorConsole;

// Shows people what is raised, takes what they say of it to the services, and keeps who may do what.
return await ServiceHost.Run("console", args, service => service.AddConsole());
